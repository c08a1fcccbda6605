import type { Endpoint } from '../shared/delivery';

/** The one page on the REST API shows these two requests, and nothing of their answers. */
const source = 'https://help.relationkit.io/articles/89-how-to-send-a-custom-event';

export const ping: Endpoint = { method: 'POST', path: '/ping', source };
export const createEvent: Endpoint = { method: 'POST', path: '/events', source };
