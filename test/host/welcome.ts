import type { Demo } from './demo';
import { OWNER } from './environment';

/** What `npm start` prints once everything is up. */
export function welcome({ n8n, sandbox, webhookUrl, segment }: Demo): string {
	return `
  Customer events are welcome. Ctrl-C stops everything.

  Editor    ${n8n.url}
            sign in as ${OWNER.email}, password ${OWNER.password}
  Sandbox   ${sandbox.url}
            shows live what RelationKit and SuprSend receive
  Webhook   ${webhookUrl}
            takes events from any sender that has the write key ${segment.writeKey}

  Send a first event:

    curl -u ${segment.writeKey}: ${webhookUrl} -d '${JSON.stringify(FIRST_EVENT)}'

  Or with Segment's own SDK for Node.js:

    import { Analytics } from '@segment/analytics-node';
    const host = '${segment.host}';
    const path = '${segment.path}';
    const analytics = new Analytics({ writeKey: '${segment.writeKey}', host, path });
    analytics.track({ userId: 'ada', event: 'Order Completed', properties: { total: 42 } });
    await analytics.closeAndFlush();
`;
}

const FIRST_EVENT = { userId: 'ada', event: 'Order Completed', properties: { total: 42 } };
