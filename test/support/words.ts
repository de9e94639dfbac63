/** Words of the product that is watched, and of the services that it alone has. */
const WORDS = [
  /gt-?vision/i,
  /camera/i,
  /LPR|Lpr|(?<![a-z])lpr(?![a-z])/,
  /licen[cs]e.?plate/i,
  /(?<![a-z])[pP]lates?(?![a-z])/,
  /rtsp|RTSP/,
  /\bstreaming\b/i,
  /(?<![a-z])backend(?![a-z])/i,
  /['"`/]ai(?![\w-])/,
  /(?:api\/|load\.)recordings\b|RECORDINGS/,
  /mediamtx/i,
  /minio/i,
  /ServiceDown/,
  /recording errors/i,
];

/** Where they belong: the folder of whose they are, and the line of the registry that names it. */
const OWN: { path: RegExp; words: RegExp }[] = [
  { path: /^technologies\/gt-vision\//, words: /./ },
  { path: /^technologies\/mediamtx\//, words: /mediamtx/i },
  { path: /^technologies\/object-storage\//, words: /minio/i },
  { path: /^technologies\/registry\.ts$/, words: /gt-?vision|mediamtx/i },
  // One of many public images whose folders, default passwords, settings and users are known.
  { path: /^check\/(rules\/compose\/|common\/known-passwords\.ts$)/, words: /minio/i },
  { path: /^stack\/secrets\.ts$/, words: /minio/i },
  // An example that can be typed as it stands: the stack is this one where nobody names another.
  { path: /^commands\/provoke-command\.ts$/, words: /ServiceDown/ },
];

/** Every place that has a word of the product where it doesn't belong: `file:line: the line`. */
export function strayWords(path: string, text: string): string[] {
  const own = OWN.filter((place) => place.path.test(path));
  return text.split('\n').flatMap((line, i) => {
    const stray = WORDS.flatMap((word) => word.exec(line)?.[0] ?? []).filter(
      (word) => !own.some(({ words }) => words.test(word)),
    );
    return stray.length > 0 ? [`${path}:${i + 1}: ${line.trim()}`] : [];
  });
}
