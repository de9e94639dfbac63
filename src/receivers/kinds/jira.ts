import { json, pathOf, payloadOf, textsOf } from '../payload.ts';
import type { Answer, ReceivedRequest, ReceiverKind } from '../receiver.ts';

/**
 * Transitions that an issue may take; Alertmanager looks its own up by name, and their ids say
 * which.
 */
interface Issue {
  key: string;
  labels: string[];
  isDone: boolean;
}

/**
 * Jira: an issue is looked for by its group's label, created, updated, and closed by a transition.
 * So it remembers the issues that it has.
 * @param transitions names of the transitions that the configuration asks for: `reopen` makes an
 * issue open again
 */
export function jira(transitions: { resolve: string[]; reopen: string[] }): ReceiverKind {
  const issues: Issue[] = [];
  const named = [...transitions.resolve, ...transitions.reopen];
  const answer = (request: ReceivedRequest): Answer => {
    const path = pathOf(request);
    if (/\/search(\/jql)?$/.test(path)) return json({ issues: found(request) });
    const issue = issues.find(({ key }) => path.includes(`/issue/${key}`));
    if (path.endsWith('/transitions')) {
      if (request.method === 'GET')
        return json({ transitions: named.map((name, i) => ({ id: String(i), name })) });
      const { transition } = payloadOf(request) as { transition?: { id?: string } };
      if (issue) issue.isDone = Number(transition?.id) < transitions.resolve.length;
      return { status: 204, body: '' };
    }
    if (issue) return { status: 204, body: '' };
    const { fields } = payloadOf(request) as { fields?: { labels?: string[] } };
    const key = `RUN-${issues.length + 1}`;
    issues.push({ key, labels: fields?.labels ?? [], isDone: false });
    return json({ id: String(issues.length), key }, 201);
  };
  const found = (request: ReceivedRequest): unknown[] => {
    const { jql = '' } = payloadOf(request) as { jql?: string };
    const open = jql.includes('statusCategory != Done');
    return issues
      .filter(
        ({ labels, isDone }) => !(open && isDone) && labels.some((l) => jql.includes(`"${l}"`)),
      )
      .map(({ key, isDone }) => {
        const category = { key: isDone ? 'done' : 'new' };
        return { key, fields: { status: { name: category.key, statusCategory: category } } };
      });
  };
  return {
    kind: 'jira',
    urls: [{ own: 'api_url', global: 'jira_api_url' }],
    answer,
    read: (request) =>
      /\/issue(\/[^/]+)?$/.test(pathOf(request)) && request.method !== 'GET'
        ? { to: projectOf(request), text: textsOf(payloadOf(request)) }
        : undefined,
  };
}

function projectOf(request: ReceivedRequest): string {
  const { fields } = payloadOf(request) as { fields?: { project?: { key?: string } } };
  return fields?.project?.key ?? '';
}
