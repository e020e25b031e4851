using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Input;
using Nvdimm.Extensions.DependencyInjection.Inventories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Rest;
using Nvdimm.Extensions.Ndctl.Ssh;

namespace Nvdimm.Cli.Engines;

/// <summary>The options for the engine, its user, and the way in which the devices of its hosts are read.</summary>
internal sealed class EngineOptions
{
    private readonly Option<string> url = EngineArguments.Url();
    private readonly Option<string> user = new("--user")
    {
        HelpName = "NAME",
        Description = "The user, with its profile. Default: admin@internal.",
        DefaultValueFactory = _ => "admin@internal",
    };

    private readonly Option<string> passwordFile = new("--password-file")
    {
        HelpName = "FILE",
        Description = $"A file whose first line is the password. Default: the environment variable {HelpText.PasswordVariable}.",
    };

    private readonly Option<string> caFile = EngineArguments.CaFile();

    private readonly Option<string> caFingerprint = new("--ca-fingerprint")
    {
        HelpName = "SHA256",
        Description = "The fingerprint of the engine's certificate authority. "
            + "The command fetches the authority from the engine and compares the fingerprints.",
    };

    private readonly Option<bool> insecureHttp = new("--insecure-http")
    {
        Description = "Allow a plain http URL of another machine. "
            + "Anyone on the network path can then read the password and change the answers.",
    };

    private readonly Option<string> inventory = new("--inventory")
    {
        HelpName = "ssh|local|FOLDER",
        Description = "How the devices of a host are read: ndctl over SSH, ndctl on this machine, or files HOST.json in a folder, "
            + "each with the output of 'ndctl list -N -v'. Default: ssh.",
        DefaultValueFactory = _ => "ssh",
    };

    private readonly Option<string> sshUser = EngineArguments.SshUser();
    private readonly Option<string> record = EngineArguments.Record();

    /// <summary>Creates a command with these options and its own.</summary>
    public Command Command(string name, string description, params ReadOnlySpan<Option> commandOptions)
    {
        Options.Offer(inventory.CompletionSources, ["ssh", "local"]);
        var command = new Command(name, description)
            { url, user, passwordFile, caFile, caFingerprint, insecureHttp, inventory, sshUser, record };
        foreach (var option in commandOptions)
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(caFile) is not null && result.GetValue(caFingerprint) is not null)
            {
                result.AddError("--ca-file and --ca-fingerprint exclude each other.");
            }
        });
        return command;
    }

    /// <summary>Logs in to the engine, runs an action, and logs out.</summary>
    /// <exception cref="BadInputException">A file cannot be read, or an option is wrong.</exception>
    public async Task<int> RunAsync(
        ToolEnvironment environment, ParseResult parsed, Func<EngineSession, Task<int>> run, CancellationToken cancellationToken)
    {
        var options = ClientOptions(parsed);
        var trust = await TrustAsync(parsed, options.Url, cancellationToken).ConfigureAwait(false);
        using var http = new HttpClient(trust.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        var client = new OvirtClient(http, options);
        await using (client.ConfigureAwait(false))
        {
            return await run(new EngineSession(client, Inventory(environment, parsed), parsed.GetValue(record))).ConfigureAwait(false);
        }
    }

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            InputFiles.RequireNoFolder(path);
            return read(path);
        }
        catch (Exception bad) when (bad is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"{path}: {bad.Message}", bad);
        }
    }

    private OvirtClientOptions ClientOptions(ParseResult parsed)
    {
        var password = parsed.GetValue(passwordFile) is { } file
            ? Read(file, path => File.ReadLines(path).FirstOrDefault())
            : Environment.GetEnvironmentVariable(HelpText.PasswordVariable);
        if (string.IsNullOrEmpty(password))
        {
            throw new BadInputException($"There is no password: name a file with --password-file, or set {HelpText.PasswordVariable}");
        }

        OvirtClientOptions options;
        try
        {
            options = new OvirtClientOptions
            {
                Url = new Uri(parsed.GetValue(url)!, UriKind.RelativeOrAbsolute),
                Username = parsed.GetValue(user)!,
                Password = password,
                AllowUnencrypted = parsed.GetValue(insecureHttp),
            };
        }
        catch (Exception bad) when (bad is ArgumentException or UriFormatException)
        {
            throw new BadInputException($"--url, --user: {bad.Message}", bad);
        }

        return options.IsTransportAllowed
            ? options
            : throw new BadInputException(
                $"--url: {options.Url} is plain http to another machine: whoever is on the way could read the password. "
                + "Use https, or allow it with --insecure-http");
    }

    private async Task<EngineTrust> TrustAsync(ParseResult parsed, Uri engine, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(caFile) is { } file)
        {
            return Read(file, EngineTrust.FromFile);
        }

        try
        {
            return parsed.GetValue(caFingerprint) is { } fingerprint
                ? await EngineTrust.PinnedAsync(engine, fingerprint, cancellationToken).ConfigureAwait(false)
                : EngineTrust.System;
        }
        catch (ArgumentException bad)
        {
            throw new BadInputException($"--ca-fingerprint: {bad.Message}", bad);
        }
    }

    private INvdimmInventory Inventory(ToolEnvironment environment, ParseResult parsed) => parsed.GetValue(inventory)! switch
    {
        "ssh" => new SshInventory(Read("--ssh-user", _ => new SshNdctlOptions { User = parsed.GetValue(sshUser)! })),
        "local" => new LocalInventory(environment.Runner()),
        var folder => Directory.Exists(folder)
            ? new FolderInventory(folder)
            : throw new BadInputException($"--inventory {folder}: neither ssh, local, nor a folder"),
    };
}
