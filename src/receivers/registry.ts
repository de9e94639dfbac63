import { discord } from './kinds/discord.ts';
import { incidentio } from './kinds/incidentio.ts';
import { jira } from './kinds/jira.ts';
import { mattermost } from './kinds/mattermost.ts';
import { msteams } from './kinds/msteams.ts';
import { msteamsv2 } from './kinds/msteamsv2.ts';
import { opsgenie } from './kinds/opsgenie.ts';
import { pagerduty } from './kinds/pagerduty.ts';
import { pushover } from './kinds/pushover.ts';
import { rocketchat } from './kinds/rocketchat.ts';
import { slack } from './kinds/slack.ts';
import { sns } from './kinds/sns.ts';
import { telegram } from './kinds/telegram.ts';
import { victorops } from './kinds/victorops.ts';
import { webex } from './kinds/webex.ts';
import { webhook } from './kinds/webhook.ts';
import { wechat } from './kinds/wechat.ts';
import type { ReceiverKind } from './receiver.ts';

/** Names of transitions, as the stack's Jira integrations ask for them. */
export interface Transitions {
  resolve: string[];
  reopen: string[];
}

/** Every kind that is reached by HTTP, each with a state of its own where the service has one. */
export function httpKinds(transitions: Transitions = { resolve: [], reopen: [] }): ReceiverKind[] {
  return [
    discord,
    incidentio,
    jira(transitions),
    mattermost,
    msteams,
    msteamsv2,
    opsgenie,
    pagerduty,
    pushover,
    rocketchat,
    slack,
    sns,
    telegram,
    victorops,
    webex,
    webhook,
    wechat,
  ];
}
