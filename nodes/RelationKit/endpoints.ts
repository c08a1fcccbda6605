import type { Endpoint } from '../shared';

/** The only page about the REST API. It shows these two requests, and no responses. */
const source = 'https://help.relationkit.io/articles/89-how-to-send-a-custom-event';

export const ping: Endpoint = { method: 'POST', path: '/ping', source };
export const createEvent: Endpoint = { method: 'POST', path: '/events', source };
