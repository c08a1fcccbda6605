// Silences n8n's engine, which would report every failing node to the console.
process.env.N8N_LOG_LEVEL = 'silent';
