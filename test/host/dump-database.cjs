/** Prints every row of an SQLite database as JSON. Runs in n8n's own Node.js, which has the driver. */
const { DatabaseSync } = require('node:sqlite');

const database = new DatabaseSync(process.argv[2], { readOnly: true });
const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
for (const { name } of tables) {
	for (const row of database.prepare(`SELECT * FROM "${name}"`).iterate()) {
		process.stdout.write(`${name} ${JSON.stringify(row)}\n`);
	}
}
