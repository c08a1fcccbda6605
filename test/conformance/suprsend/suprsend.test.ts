import { judgedBy } from '../judging';
import { setUpBench, type Bench } from './bench';
import { testSuprSendDifferences } from './differences';
import { testEvents } from './events';
import { testListsAndTenants } from './lists-and-tenants';
import { testUsers } from './users';
import { testWorkflows } from './workflows';

const judge = judgedBy('suprsend');

let current: Bench;
const bench = () => current;

beforeAll(async () => {
	current = await setUpBench();
});
afterAll(async () => await current.close());

testEvents(bench, judge);
testUsers(bench, judge);
testWorkflows(bench, judge);
testListsAndTenants(bench, judge);
testSuprSendDifferences(bench, judge);
