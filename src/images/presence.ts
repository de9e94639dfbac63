import type Docker from 'dockerode';
import { VERSION_LABEL } from './labels.ts';

/** Whether the engine has an image. */
export async function isPresent(docker: Docker, name: string): Promise<boolean> {
  try {
    await docker.getImage(name).inspect();
    return true;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}

/** The version that an image says it holds, else its tag. */
export async function versionOf(docker: Docker, name: string): Promise<string> {
  const { Config: config } = await docker.getImage(name).inspect();
  const version = config.Labels?.[VERSION_LABEL];
  const tag = name.slice(name.lastIndexOf(':') + 1);
  return version === undefined || version === tag ? tag : `${version} (as ${tag})`;
}
