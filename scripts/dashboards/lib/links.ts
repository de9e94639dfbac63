import type { DashboardLink } from '@grafana/grafana-foundation-sdk/dashboard';
import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';

const RUNBOOKS = 'https://github.com/gt-vision/observability/blob/main/docs/runbooks';
/** Every dashboard of ours carries it; the links between them follow it. */
export const TAG = 'gt-vision';

export function runbookUrl(page: string): string {
  return `${RUNBOOKS}/${page}.md`;
}

/** A panel's link to the page that says what to do. */
export function runbookLink(page: string): Builder<DashboardLink> {
  return visible(
    new DashboardLinkBuilder(`Runbook: ${page}`)
      .type(DashboardLinkType.Link)
      .url(runbookUrl(page))
      .targetBlank(true),
  );
}

/** Links to the other dashboards, which keep the time that is being looked at. */
export function siblingLinks(): Builder<DashboardLink> {
  return visible(
    new DashboardLinkBuilder('GT-Vision')
      .type(DashboardLinkType.Dashboards)
      .tags([TAG])
      .icon('external link')
      .keepTime(true),
  );
}

/** The builder hides links in a menu by default; someone on call should see them. */
function visible(link: DashboardLinkBuilder): Builder<DashboardLink> {
  return {
    build: () => {
      const built = link.build();
      delete built.placement;
      return built;
    },
  };
}
