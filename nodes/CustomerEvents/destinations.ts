import type { IRelatedNode } from 'n8n-workflow';

const services = {
	suprSend: 'SuprSend',
	rehook: 'Rehook',
	relationKit: 'RelationKit',
	simonData: 'Simon Data',
	embeddables: 'Embeddables',
};

/** The nodes that send events, for AI assistants. */
export const destinations = Object.entries(services).map(([node, service]): IRelatedNode => ({
	nodeType: `n8n-nodes-customer-events.${node}`,
	relationHint: `Sends the events to ${service}`,
}));
