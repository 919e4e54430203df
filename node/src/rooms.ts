// One line a room; app.module.ts takes whatever is exported here.
export {};
