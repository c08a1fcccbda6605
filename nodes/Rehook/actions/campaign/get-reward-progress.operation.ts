import { field, operation, wholeList } from '../../../shared';
import { getRewardProgress as endpoint } from '../../endpoints';
import { optionalSourceId } from '../../source-id';

/** Rehook's page doesn't show the response. */
export const getRewardProgress = operation.list({
	resource: 'campaign',
	operation: 'getRewardProgress',
	action: 'Get reward progress of campaigns',
	description: "Get customers' progress toward rewards, in all types of campaigns",
	endpoint,
	fields: {
		source_id: optionalSourceId,
		campaign_id: field.text({
			displayName: 'Campaign ID',
			name: 'campaignId',
			placeholder: 'e.g. camp_XbgBcerLwjoMhAGcmAHhZ',
			description: 'The campaign to get progress for. Leave empty to include all campaigns.',
			wrong: 'The campaign ID must be text',
			identifies: true,
		}),
	},
	paging: wholeList,
});
