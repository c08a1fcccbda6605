import { transaction } from './transaction';

export const debit = transaction('debit');
