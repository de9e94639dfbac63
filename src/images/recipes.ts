import { ENTRYPOINTS } from '../technologies/packaging.ts';
import type { ImageRecipe } from '../technologies/packaging.ts';
import { TECHNOLOGIES } from '../technologies/registry.ts';

/**
 * Every image that can be made from the packages: those of the technologies, and what the harness
 * itself runs.
 */
export const RECIPES: ImageRecipe[] = [
  ...TECHNOLOGIES.flatMap(({ images }) => images ?? []),
  {
    repository: 'node',
    program: 'node',
    instructions: [`ENTRYPOINT ["${ENTRYPOINTS}/node.sh"]`, 'CMD ["node"]'],
  },
  {
    repository: 'grafana/k6',
    program: 'k6',
    instructions: ['USER k6', 'WORKDIR /home/k6', 'ENTRYPOINT ["k6"]', 'CMD []'],
  },
];
