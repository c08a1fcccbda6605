import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { searchEmbeddables, searchIdentifierKeys } from './lookups';
import { poll } from './polling/poll';

export class EmbeddablesTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Embeddables Trigger',
		name: 'embeddablesTrigger',
		icon: { light: 'file:embeddables.svg', dark: 'file:embeddables.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ {"created": "New entries", "updated": "Changed entries"}[$parameter["triggerOn"]] ?? "New and changed entries" }}',
		description: 'Starts the workflow when people fill in your embeddables',
		defaults: { name: 'Embeddables Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Events', 'Rejected'],
		credentials: [{ name: 'embeddablesApi', required: true }],
		builderHint: {
			searchHint:
				'Polls for new and changed entries, and emits each change once. The output Events has customer events, so nodes after it can use Mapping Mode "Map Automatically".',
		},
		properties: [
			{
				displayName:
					'Embeddables doesn’t document how to read entries. This trigger is based on public code of others that uses its API, so parts of it may not work as described here.',
				name: 'entriesNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'triggerOn',
				type: 'options',
				options: [
					{
						name: 'Entry Created or Updated',
						value: 'createdOrUpdated',
						description: 'When someone starts an entry, and whenever their answers change',
					},
					{
						name: 'Entry Created',
						value: 'created',
						description: 'When someone starts an entry. The answers may not be complete yet.',
					},
					{ name: 'Entry Updated', value: 'updated', description: 'When the answers in an entry change' },
				],
				default: 'createdOrUpdated',
			},
			{
				displayName: 'Embeddable',
				name: 'embeddableId',
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				description: 'The embeddable to watch. Leave empty for all embeddables of the project.',
				modes: [
					{
						displayName: 'From List',
						name: 'list',
						type: 'list',
						placeholder: 'Select an embeddable…',
						hint: 'Lists the embeddables of the latest 1,000 entries',
						typeOptions: { searchListMethod: 'searchEmbeddables', searchable: true },
					},
					{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. flow_myexampleflow' },
				],
			},
			{
				displayName: 'User ID Key',
				name: 'userIdKey',
				type: 'resourceLocator',
				default: { mode: 'list', value: 'email', cachedResultName: 'email' },
				description:
					"The key in the User Data that identifies the person. Its value becomes the event's userId. The anonymousId is always the entry's ID.",
				modes: [
					{
						displayName: 'From List',
						name: 'list',
						type: 'list',
						placeholder: 'Select a key…',
						hint: 'Lists the User Data keys of the latest 1,000 entries',
						typeOptions: { searchListMethod: 'searchIdentifierKeys', searchable: true },
					},
					{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. user_email' },
				],
			},
			{
				displayName: 'Start From',
				name: 'startFrom',
				type: 'dateTime',
				noDataExpression: true,
				default: '',
				description:
					'Also returns entries that changed since this time, in the time zone of the workflow. Leave empty to start when you first publish the workflow. After a pause, the trigger continues where it stopped. If you change this, it starts over.',
			},
		],
	};

	methods = { listSearch: { searchEmbeddables, searchIdentifierKeys } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
