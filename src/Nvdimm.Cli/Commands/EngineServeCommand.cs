using System.CommandLine;
using Nvdimm.Cli.Engines;
using Nvdimm.Cli.Help;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm engine serve</c>: becomes the program of the service beside an engine, which is a package of its own.</summary>
internal static class EngineServeCommand
{
    private const string Packaged = "/usr/libexec/nvdimm-extensions/nvdimm-engine-service";

    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var listen = Text(
            "--listen", "ADDRESS:PORT", "Where to listen. Without a certificate, a loopback address. Default: 127.0.0.1:8701.");
        var certificate = Text(
            "--certificate",
            "FILE",
            "The service's certificate, a PEM file with its chain, for https. Default: plain http, behind a proxy.");
        var key = Text("--key", "FILE", "The key of the certificate, a PEM file.");
        var inventory = Text(
            "--inventory",
            "ssh|FOLDER",
            "How the devices of a host are read: ndctl over SSH, or files HOST.json in a folder, each with the output of "
            + "'ndctl list -N -v'. Default: ssh.");
        var program = Text("--program", "FILE", $"The program of the service. Default: {Packaged}, of the package nvdimm-engine-service.");
        Options.Offer(inventory.CompletionSources, ["ssh"]);
        Option<string>[] passedOn =
        [
            EngineArguments.Url(), EngineArguments.CaFile(), listen, certificate, key, inventory, EngineArguments.SshUser(),
            EngineArguments.Record(),
        ];
        var command = new Command(
            "serve",
            "Serves the page of the NVDIMM devices beside an engine.\n"
            + "Each user acts with the token of his login at the engine, and its rights.");
        foreach (var option in passedOn.Append(program))
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            var file = parsed.GetValue(program) ?? Packaged;
            if (!File.Exists(file))
            {
                throw new BadInputException(
                    $"there is no program {file}: install the package nvdimm-engine-service, or name the program with --program");
            }

            environment.Output.Flush();
            var given = passedOn.Where(option => parsed.GetValue(option) is not null);
            return environment.Become(file, [.. given.Select(option => $"{option.Name}={parsed.GetValue(option)}")]);
        });
        return command;
    }

    private static Option<string> Text(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };
}
