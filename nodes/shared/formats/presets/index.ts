import { braze } from './braze';
import { calendly } from './calendly';
import { clerk } from './clerk';
import { customerIo } from './customer-io';
import { github } from './github';
import { hookdeck } from './hookdeck';
import { hubspot } from './hubspot';
import { intercom } from './intercom';
import { mailchimp } from './mailchimp';
import { outpost } from './outpost';
import { paddle } from './paddle';
import { sendgrid } from './sendgrid';
import { shopify } from './shopify';
import { slack } from './slack';
import { stripe } from './stripe';
import { twilio } from './twilio';
import { typeform } from './typeform';
import { webflow } from './webflow';
import { wooCommerce } from './woocommerce';
import type { SenderPreset } from './preset';

export type { SenderPreset } from './preset';

/** All senders that are known, sorted by name. A new one needs its file and its line here. */
export const senderPresets: readonly SenderPreset[] = [
	braze,
	calendly,
	clerk,
	customerIo,
	github,
	hookdeck,
	hubspot,
	intercom,
	mailchimp,
	outpost,
	paddle,
	sendgrid,
	shopify,
	slack,
	stripe,
	twilio,
	typeform,
	webflow,
	wooCommerce,
].sort((a, b) => a.displayName.localeCompare(b.displayName));
