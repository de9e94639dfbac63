import type { Notification } from '../../model/notification.ts';

/** What a text about a notification may repeat: the values of its labels and annotations. */
export function wordsOf({ alerts }: Notification): string[] {
  const values = alerts.flatMap(({ labels, annotations }) => [
    ...Object.values(labels),
    ...Object.values(annotations),
  ]);
  return [...new Set(values.map(plain))].filter((value) => value !== '');
}

/** How much of the words stands in the text, in characters. */
export function sharedWords(words: string[], text: string): number {
  return words.reduce((sum, word) => sum + (stands(word, text) ? word.length : 0), 0);
}

/** Whether a value stands in a text by itself: `DiskFull` doesn't stand in `DiskFull-Prod`. */
function stands(value: string, text: string): boolean {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const after = text[at + value.length] ?? ' ';
    if (!isInner(text[at - 1] ?? ' ') && !isInner(after)) return true;
  }
  return false;
}

function isInner(character: string): boolean {
  return /[\p{L}\p{N}_-]/u.test(character);
}

/** A text without its line breaks: mails fold their lines wherever there is a blank. */
export function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
