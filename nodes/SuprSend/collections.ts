export { asList, entriesOf } from '../shared/collections';
