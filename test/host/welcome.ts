import type { Demo } from './demo';
import { OWNER } from './environment';
import { runnableTemplates } from './templates/files';

/** Returns what `npm start` prints when everything runs. */
export function welcome({ n8n, editorUrl, sandbox, webhookUrl, firstEvent, segment }: Demo): string {
	return `
  n8n is running with this package and a published workflow. To stop n8n and the sandbox, press Ctrl-C.
  Your workflows are saved in ${n8n.stateDir}
  To start over, run npm start -- --reset

  Editor    ${editorUrl}
            sign in as ${OWNER.email}, password ${n8n.password}
${templates(n8n.url)}  Sandbox   ${sandbox.url}
            shows the data that the five services receive, and the keys for your own credentials
  Webhook   ${webhookUrl}
            accepts events from any sender with the write key ${segment.writeKey}

  Send a first event:

    ${firstEvent}

  Or send an event with Segment's SDK for Node.js:

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
            ${runnableTemplates().length - 1} more workflows; a note in each workflow explains how to try it
`;
