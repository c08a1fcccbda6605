import { application } from './application';

export const redeem = application('redeem');
