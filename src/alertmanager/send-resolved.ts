/**
 * Kinds of integration that tell of an alert's end only when they are asked to
 * (config/notifiers.go).
 */
const SILENT_ABOUT_THE_END = new Set(['slack', 'email', 'wechat', 'rocketchat']);

/**
 * Whether an integration tells of an alert's end.
 * @param kind `slack`, as in `slack_configs`
 * @param said what its `send_resolved` says; anything but true or false: nothing
 */
export function sendsResolved(kind: string, said: unknown): boolean {
  return typeof said === 'boolean' ? said : !SILENT_ABOUT_THE_END.has(kind);
}
