/**
 * An expression over series that are known from outside: `redis.hits / (redis.hits + redis.misses)
 * * 100`.
 */
export type TruthExpression =
  | { kind: 'number'; value: number }
  | { kind: 'series'; name: string; offset: number }
  | { kind: Operator; left: TruthExpression; right: TruthExpression };

type Operator = '+' | '-' | '*' | '/';

interface Token {
  text: string;
  offset: number;
}

/** An expression that can't be read: what is wrong, and at which character. */
export class TruthSyntaxError extends Error {
  override name = 'TruthSyntaxError';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const TOKEN = /\s*(?:([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)|(\d+(?:\.\d+)?)|([-+*/()]))/y;
/** Longer than this is no expression that somebody reads; deeper than this can't be within it. */
const LONGEST = 1_000;

/**
 * Parses an expression: names, numbers, `+ - * /` with the usual precedence, parentheses.
 * @throws TruthSyntaxError
 */
export function parseTruth(text: string): TruthExpression {
  if (text.length > LONGEST)
    throw new TruthSyntaxError(`it is longer than ${LONGEST} characters`, LONGEST);
  const tokens = tokensOf(text);
  let next = 0;
  const take = (): Token | undefined => tokens[next++];
  const isNext = (...texts: string[]): boolean => texts.includes(tokens[next]?.text ?? '');

  const chain = (operators: Operator[], operand: () => TruthExpression): TruthExpression => {
    let left = operand();
    while (isNext(...operators)) left = { kind: take()?.text as Operator, left, right: operand() };
    return left;
  };
  const sum = (): TruthExpression => chain(['+', '-'], () => chain(['*', '/'], atom));
  const atom = (): TruthExpression => {
    const token = take();
    if (token === undefined) throw new TruthSyntaxError('it ends too early', text.length);
    const { text: word, offset } = token;
    if (word === '(') {
      const inner = sum();
      const end = take();
      if (end?.text !== ')')
        throw new TruthSyntaxError('a parenthesis is not closed', end?.offset ?? text.length);
      return inner;
    }
    if (/^[a-z]/.test(word)) return { kind: 'series', name: word, offset };
    if (/^\d/.test(word)) return { kind: 'number', value: Number(word) };
    throw new TruthSyntaxError(`\`${word}\` can't stand here`, offset);
  };

  const whole = sum();
  const rest = tokens[next];
  if (rest) throw new TruthSyntaxError(`\`${rest.text}\` can't stand here`, rest.offset);
  return whole;
}

/** The names of an expression's series, in their order. */
export function seriesIn(expression: TruthExpression): { name: string; offset: number }[] {
  if (expression.kind === 'number') return [];
  if (expression.kind === 'series') return [expression];
  return [...seriesIn(expression.left), ...seriesIn(expression.right)];
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.trimEnd().length) {
    const from = pattern.lastIndex;
    const found = pattern.exec(text);
    if (!found) {
      const offset = from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);
      throw new TruthSyntaxError(`\`${text[offset] ?? ''}\` can't stand here`, offset);
    }
    const word = found[1] ?? found[2] ?? found[3] ?? '';
    tokens.push({ text: word, offset: pattern.lastIndex - word.length });
  }
  return tokens;
}
