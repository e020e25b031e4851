using Nvdimm.DevEngine;

return await CommandLine.Create(async (options, cancellationToken) =>
{
    await using var app = DevEngineApp.Create(options, TimeProvider.System, Console.Out.WriteLine);
    await app.StartAsync(cancellationToken);
    foreach (var url in app.Urls)
    {
        await Console.Out.WriteLineAsync($"{url}/ovirt-engine/ (page: {url}/, database: {options.Database})");
    }

    await app.WaitForShutdownAsync(cancellationToken);
    return 0;
}).Parse(args).InvokeAsync();
