import type { Notification } from '../../../model/evidence.ts';

/**
 * Slack messages and mails are for people: which alert, which state and which labels is read from their text.
 * @param title the line that people see first (Slack's title, the mail's subject)
 * @param alertNames names to look for, those of the contract
 */
export function readText(
  title: string,
  text: string,
  alertNames: string[],
): Pick<Notification, 'status' | 'alertname' | 'labels' | 'text'> {
  const names = (where: string): string | undefined =>
    alertNames.find((name) => new RegExp(`\\b${name}\\b`).test(where));
  const labels: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(/\b([a-z_]\w*)=("[^"]*"|\S+)/g)) {
    if (name && value) labels[name] = value.replace(/^"|"$/g, '');
  }
  return {
    status: /\bresolved\b/i.test(title) ? 'resolved' : 'firing',
    alertname: names(title) ?? names(text) ?? '',
    labels,
    text: `${title}\n${text}`,
  };
}
