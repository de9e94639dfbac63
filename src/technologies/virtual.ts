/**
 * Said of a stimulus that has levels and no signal: what it stands for would disturb everything
 * else that a run proves.
 */
export const VIRTUAL = 'made in virtual time alone, by promtool';
