/**
 * What a TestRun may be called: a DNS label (RFC 1123), with room for what the operator appends.
 */
export const NAME = /^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/;
