import { transaction } from './transaction';

export const credit = transaction('credit');
