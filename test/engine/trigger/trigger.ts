import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { HookContext, WebhookContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeTypes,
	type IWebhookData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { CustomerEventsWebhookApi } from '../../../credentials/CustomerEventsWebhookApi.credentials';
import { CustomerEventsTrigger } from '../../../nodes/CustomerEvents/CustomerEventsTrigger.node';
import type { CanonicalEvent, Reject } from '../../../nodes/shared/event';
import { InMemoryCredentials } from '../harness/credentials-helper';
import { post, route, type Body, type ExpressResponse, type PostOptions } from './n8n-server';

export interface TriggerSettings {
	/** Absent: Authentication is None. */
	credential?: ICredentialDataDecryptedObject;
	options?: INodeParameters;
	/** Merged over all other parameters. */
	parameters?: INodeParameters;
	/** `manual` for the test URL. Default: `webhook`, for the production URL. */
	mode?: 'webhook' | 'manual';
	/** What n8n has stored with the workflow before. */
	staticData?: IDataObject;
	/** Default: the Customer Events Trigger. */
	type?: TriggerType;
}

export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	json(): Record<string, unknown>;
	/** Whether the request starts an execution. */
	runs: boolean;
	/** The items on the output Events. */
	events: CanonicalEvent[];
	/** The items on the output Rejected. */
	rejected: Reject[];
}

type TriggerType = Pick<CustomerEventsTrigger, 'description' | 'methods' | 'webhookMethods' | 'webhook'>;

const customerEventsTrigger = new CustomerEventsTrigger();
const credentialTypes = new Map([['customerEventsWebhookApi', new CustomerEventsWebhookApi()]]);

/** A published webhook trigger on n8n-core's own `WebhookContext`, as the only node of its workflow. */
export class Trigger {
	/** What the trigger wrote to n8n's log, at the level "info". */
	readonly logged: Array<[message: string, details: unknown]> = [];

	static readonly webhooks = customerEventsTrigger.description.webhooks;

	/** Lets n8n fail after the trigger has returned, as when its database is down. */
	failNext = false;

	/** Lets n8n wait for this after the trigger has returned, before it answers the next request. */
	holdNext: Promise<void> | undefined;

	private readonly stored: Record<string, ICredentialDataDecryptedObject> = {};
	private readonly credentials = new InMemoryCredentials(credentialTypes, this.stored);
	private readonly id = randomUUID();
	private readonly mode: 'webhook' | 'manual';
	private readonly type: TriggerType;
	private readonly node: INode;
	private readonly workflow: Workflow;
	private readonly additionalData: IWorkflowExecuteAdditionalData;
	private result: IWebhookResponseData = {};
	private error: Error | undefined;

	constructor({ credential, options = {}, parameters, staticData, ...settings }: TriggerSettings = {}) {
		const { mode = 'webhook', type = customerEventsTrigger } = settings;
		this.mode = mode;
		this.type = type;
		const getType = () => type;
		const nodeTypes: INodeTypes = {
			getByName: getType,
			getByNameAndVersion: getType,
			getKnownTypes: () => ({}),
		};
		this.node = {
			id: 'trigger',
			name: 'Trigger',
			type: `n8n-nodes-customer-events.${type.description.name}`,
			typeVersion: 2,
			position: [0, 0],
			webhookId: this.id,
			parameters: { authentication: credential ? 'credential' : 'none', options, ...parameters },
			...(credential && { credentials: { customerEventsWebhookApi: { id: '1', name: 'Webhook' } } }),
		};
		this.workflow = new Workflow({
			id: this.id,
			nodes: [this.node],
			connections: {},
			active: true,
			nodeTypes,
			staticData,
		});
		if (credential !== undefined) this.changeCredential(credential);
		const known: Partial<IWorkflowExecuteAdditionalData> = {
			credentialsHelper: this.credentials,
			variables: {},
			webhookBaseUrl: 'https://n8n.example/webhook',
		};
		this.additionalData = known as IWorkflowExecuteAdditionalData;
		route(this.id, async (request, response) => await this.handle(request, response));
	}

	/** The production URL. */
	get url(): string {
		return `https://n8n.example/webhook/${this.id}`;
	}

	/** How often n8n had to read and decrypt the credential. */
	get credentialReads(): number {
		return this.credentials.reads;
	}

	changeCredential(credential: ICredentialDataDecryptedObject): void {
		this.stored.customerEventsWebhookApi = credential;
	}

	/** As n8n stores it with the workflow. */
	get staticData(): IDataObject {
		return this.workflow.staticData;
	}

	async post(body: Body, options: PostOptions = {}): Promise<Reply> {
		this.result = {};
		this.error = undefined;
		const response = await post(this.id, body, options);
		const text = await response.text();
		if (this.error !== undefined) throw this.error;
		const [events = [], rejected = []] = this.result.workflowData ?? [];
		return {
			status: response.status,
			headers: response.headers,
			text,
			json: () => JSON.parse(text) as Record<string, unknown>,
			runs: this.result.workflowData !== undefined,
			events: events.map(({ json }) => json as unknown as CanonicalEvent),
			rejected: rejected.map(({ json }) => json as unknown as Reject),
		};
	}

	/** Does what the trigger does when its workflow is published. */
	async publish(): Promise<boolean> {
		const { workflow, node, additionalData, mode } = this;
		const context = new HookContext(workflow, node, additionalData, mode, 'activate', this.webhookData());
		const { checkExists, create } = this.type.webhookMethods.default;
		return (await checkExists.call(context)) || (await create.call(context));
	}

	private async handle(request: IncomingMessage, response: ExpressResponse): Promise<void> {
		const { workflow, node, mode } = this;
		const exchange = {
			...this.additionalData,
			httpRequest: request as never,
			httpResponse: response as never,
		};
		const context = new WebhookContext(workflow, node, exchange, mode, this.webhookData(), [], null);
		const info = jest.spyOn(context.logger, 'info').mockImplementation((message, details) => {
			this.logged.push([message, details]);
		});
		const result = await this.type.webhook.call(context).finally(() => info.mockRestore());
		this.result = result;
		const held = this.holdNext;
		this.holdNext = undefined;
		await held;
		if (this.failNext) {
			this.failNext = false;
			throw new Error('n8n failed to start the execution');
		}
		// What n8n replies when its own set-up of the response ("On Received") has no other data.
		const { noWebhookResponse, webhookResponse } = result;
		if (noWebhookResponse === true) return;
		if (response.writableEnded) this.error = new Error('The trigger has replied, and n8n replies, too');
		if (typeof webhookResponse === 'string') response.end(webhookResponse);
		else response.json(webhookResponse);
	}

	private webhookData(): IWebhookData {
		const [webhookDescription] = this.type.description.webhooks ?? [];
		if (webhookDescription === undefined) throw new Error('The trigger has no webhook');
		return {
			...{ httpMethod: 'POST', node: this.node.name, path: this.id, workflowId: this.id },
			webhookDescription,
			workflowExecuteAdditionalData: this.additionalData,
		};
	}
}
