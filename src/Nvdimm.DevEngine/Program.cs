using Nvdimm.DevEngine;

return await CommandLine.RunAsync(args, Startup.RunAsync, Console.Out, Console.Error);
