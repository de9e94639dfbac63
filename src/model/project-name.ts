import manifest from '../../package.json' with { type: 'json' };

/** What the project is called: its folder of programs, what it labels itself with. */
export const PROJECT_NAME = manifest.name;

/**
 * What everything begins with that the project gives a name to beyond its own files: labels and
 * images of a container engine, folders in containers, users of databases.
 */
export const NAMESPACE = manifest.config.namespace;
