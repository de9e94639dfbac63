import { z } from 'zod';
import { capacitySchema } from '../../src/model/capacity-schema.ts';
import { judgementSchema } from '../../src/model/verdict-schema.ts';
import { contractSchema } from '../../src/spec/contract-schema.ts';
import { partialSchema } from '../../src/spec/partial-schema.ts';
import { referencePage } from './reference.ts';

/** The form that editors know best; later drafts have nothing that is needed here. */
const DRAFT = 'draft-7';

/**
 * The JSON Schema of a `contract.yaml` that says what runs behind its targets, of what is written
 * there (not of what the reader makes of it).
 */
export function wholeContractJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(contractSchema, { target: DRAFT, io: 'input' });
}

/** At least one entry has the key. */
const someHas = (key: string): object => ({
  not: { additionalProperties: { not: { required: [key] } } },
});

/** The JSON Schema of `contract.yaml`: once a job names a component, all of it is needed. */
export function contractJsonSchema(): Record<string, unknown> {
  return {
    title: 'contract.yaml',
    $schema: 'http://json-schema.org/draft-07/schema#',
    if: { properties: { jobs: someHas('component') }, required: ['jobs'] },
    then: withoutDraft(wholeContractJsonSchema()),
    else: withoutDraft(z.toJSONSchema(partialSchema, { target: DRAFT, io: 'input' })),
  };
}

function withoutDraft({ $schema, ...schema }: Record<string, unknown>): Record<string, unknown> {
  return $schema === undefined ? {} : schema;
}

/** The JSON Schema of `report.json`. */
export function reportJsonSchema(): Record<string, unknown> {
  return { title: 'report.json', ...z.toJSONSchema(judgementSchema, { target: DRAFT }) };
}

/** The JSON Schema of `capacity.json`. */
export function capacityJsonSchema(): Record<string, unknown> {
  return {
    title: 'capacity.json',
    ...z.toJSONSchema(capacitySchema, { target: DRAFT, reused: 'ref' }),
  };
}

/** All files that `npm run schemas` writes: path relative to the project, and text. */
export function schemaFiles(): { path: string; text: string }[] {
  const contract = contractJsonSchema();
  return [
    { path: 'docs/schema/contract.schema.json', text: `${JSON.stringify(contract, null, 2)}\n` },
    {
      path: 'docs/schema/report.schema.json',
      text: `${JSON.stringify(reportJsonSchema(), null, 2)}\n`,
    },
    {
      path: 'docs/schema/capacity.schema.json',
      text: `${JSON.stringify(capacityJsonSchema(), null, 2)}\n`,
    },
    { path: 'docs/contract-reference.md', text: referencePage(wholeContractJsonSchema()) },
  ];
}
