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
				'Polls for new and changed entries, and outputs each change once. The Events output contains customer events, so the nodes connected to it can use Mapping Mode "Map Automatically".',
		},
		properties: [
			{
				displayName:
					'Embeddables doesn’t document how to read entries. This trigger is based on other developers’ public code for the Embeddables API, so parts of the trigger might not work as described.',
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
						description: 'When someone starts an entry, and whenever the answers in an entry change',
					},
					{
						name: 'Entry Created',
						value: 'created',
						description: 'When someone starts an entry. The answers might not be complete yet.',
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
				description: 'The embeddable to watch. Leave empty to watch all embeddables in the project.',
				modes: [
					{
						displayName: 'From List',
						name: 'list',
						type: 'list',
						placeholder: 'Select an embeddable…',
						hint: 'Lists the embeddables in the latest 1,000 entries',
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
					"The User Data key that identifies the person. The value of this key becomes the event's userId. The event's anonymousId is always the entry's ID.",
				modes: [
					{
						displayName: 'From List',
						name: 'list',
						type: 'list',
						placeholder: 'Select a key…',
						hint: 'Lists the User Data keys in the latest 1,000 entries',
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
					"When to start reading changes, in the workflow's time zone. Leave empty to start when you first publish the workflow. After a pause, the trigger continues where it stopped. If you change this field, the trigger starts over.",
			},
		],
	};

	methods = { listSearch: { searchEmbeddables, searchIdentifierKeys } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
