/** That each query of a panel is answered, and shows something. */
export const HAS_DATA = { kind: 'has-data', phase: null } as const;
