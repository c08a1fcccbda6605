import { field, pathPart } from '../shared';

const missing =
	"Fill in the source ID, which is your own ID for the customer. Rehook requires it and doesn't accept an anonymous ID instead";

const shown = { displayName: 'Source ID', name: 'sourceId', placeholder: 'e.g. krishna@123' };

export const sourceId = field.text({
	...shown,
	description: "The customer's ID in your own application",
	missing,
	identifies: true,
	from: (event) => event.userId,
});

/** For requests that don't need a customer. */
export const optionalSourceId = field.text({
	...shown,
	description: "The customer's ID in your own application. Leave empty if no customer is logged in.",
	wrong: 'The source ID must be text',
	identifies: true,
});

/** Part of the URL. Rehook also accepts its own ID of a customer there. */
export const knownCustomer = field.text({
	...shown,
	description: "The customer's ID in your own application, or the ID that Rehook assigned, such as cust_…",
	schema: pathPart("Fill in 'Source ID'"),
	identifies: true,
});
