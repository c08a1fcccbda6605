// n8n's engine reports every failing node to the console; the tests look at what it reports to the workflow.
process.env.N8N_LOG_LEVEL = 'silent';
