import { z } from 'zod/v4';
import { byOffset, field, isObject, operation } from '../../../shared';
import { listPageViews } from '../../endpoints';
import { direction, filters } from '../../filters';

const pageViewsSchema = z.looseObject({
	entry_id: z.string(),
	embeddable_id: z.string(),
	page_views: z.array(
		z.looseObject({
			timestamp: z.string(),
			page_id: z.string(),
			page_key: z.string(),
			page_index: z.number().int(),
		}),
	),
});

export const getMany = operation.list({
	resource: 'pageView',
	operation: 'getMany',
	action: 'Get many page views',
	description: 'Get the pages that people viewed. Returns one item for each entry.',
	endpoint: listPageViews,
	fields: {
		/** Part of the URL. */
		projectId: field.computed(z.string(), ({ account }) => account.projectId),
		...filters,
		...field.collection({ displayName: 'Sort', name: 'sort', placeholder: 'Add sorting' }, { direction }),
	},
	form: {
		moreProperties: [
			{
				displayName:
					'Embeddables doesn’t document how to read page views. This operation is based on other developers’ public code for the Embeddables API, so parts of the operation might not work as described.',
				name: 'pageViewsNotice',
				type: 'notice',
				default: '',
			},
		],
	},
	paging: byOffset(250, (entry) => isObject(entry) && entry.entry_id),
	schema: pageViewsSchema,
});
