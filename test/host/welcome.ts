import type { Demo } from './demo';
import { OWNER } from './environment';
import { runnableTemplates } from './templates/files';

/** Returns what `npm start` prints when everything runs. */
export function welcome({ n8n, editorUrl, sandbox, webhookUrl, firstEvent, segment }: Demo): string {
	return `
  n8n is running with this package and a published workflow. Press Ctrl-C to stop everything.
  Your workflows are kept in ${n8n.stateDir}
  To start over, run npm start -- --reset

  Editor    ${editorUrl}
            sign in as ${OWNER.email}, password ${n8n.password}
${templates(n8n.url)}  Sandbox   ${sandbox.url}
            shows what the five services receive, and the keys for your own credentials; starts empty each time
  Webhook   ${webhookUrl}
            accepts events from any sender with the write key ${segment.writeKey}

  Send a first event:

    ${firstEvent}

  Or with Segment's own SDK for Node.js:

    import { Analytics } from '@segment/analytics-node';
    const host = '${segment.host}';
    const path = '${segment.path}';
    const analytics = new Analytics({ writeKey: '${segment.writeKey}', host, path });
    analytics.track({ userId: 'ada', event: 'Order Completed', properties: { total: 42 } });
    await analytics.closeAndFlush();
`;
}

const templates = (url: string): string =>
	`  Templates ${url}/home/workflows
            ${runnableTemplates().length - 1} more workflows to try; each has a note that says what to click
`;
