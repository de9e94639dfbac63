// What a program sees that is started as a run's first.
process.stdout.write(`${JSON.stringify(process.env)}\n`);
