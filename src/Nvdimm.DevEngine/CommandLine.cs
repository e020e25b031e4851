using System.CommandLine;
using Nvdimm.Cli.Help;

namespace Nvdimm.DevEngine;

/// <summary>The command line.</summary>
internal static class CommandLine
{
    /// <summary>The environment variable with the administrator's password.</summary>
    public const string PasswordVariable = "DEVENGINE_PASSWORD";

    /// <summary>The environment variable with the password of the read-only user.</summary>
    public const string ReaderPasswordVariable = "DEVENGINE_READER_PASSWORD";

    /// <summary>
    /// Runs an engine with the options of a command line. A wrong option exits with <see cref="ExitStatus.Usage"/> and names the nearest
    /// ones.
    /// </summary>
    /// <param name="args">The command line.</param>
    /// <param name="run">Runs the engine until it is stopped, and returns the exit status.</param>
    /// <param name="output">Takes the help, and the lines printed at the start.</param>
    /// <param name="error">Takes the refusals.</param>
    public static async Task<int> RunAsync(
        string[] args,
        Func<DevEngineOptions, TextWriter, TextWriter, CancellationToken, Task<int>> run,
        TextWriter output,
        TextWriter error)
    {
        var command = Create((options, cancellationToken) => run(options, output, error, cancellationToken));
        var parsed = command.Parse(args);
        foreach (var wrong in Refusals(command, parsed))
        {
            await error.WriteLineAsync($"nvdimm-devengine: {wrong}");
        }

        return parsed.Errors.Count > 0
            ? ExitStatus.Usage
            : await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
    }

    /// <summary>
    /// What is wrong with a command line. If an option is unknown, only that is reported: the parser takes its value for an argument.
    /// </summary>
    private static IEnumerable<string> Refusals(RootCommand command, ParseResult parsed)
    {
        var unknown = parsed.UnmatchedTokens.Where(token => token.StartsWith('-')).ToList();
        var names = command.Options.SelectMany(option => option.Aliases.Prepend(option.Name));
        return unknown.Count > 0
            ? unknown.Select(token => $"There is no option '{token}'.{Nearest.Hint(token, names)} See --help.")
            : parsed.Errors.Select(wrong => $"{wrong.Message} See --help.");
    }

    /// <summary>Creates the command, which runs an engine with the given options.</summary>
    private static RootCommand Create(Func<DevEngineOptions, CancellationToken, Task<int>> run)
    {
        var urls = new Option<string>("--urls")
        {
            HelpName = "URLS",
            Description = "Where to listen, with semicolons; https makes a certificate authority.",
            DefaultValueFactory = _ => "http://127.0.0.1:8080",
        };
        var database = new Option<string>("--database")
        {
            HelpName = "FILE",
            Description = "The SQLite file; it is made and filled at the first start.",
            DefaultValueFactory = _ => DefaultDatabase,
        };
        var ndctl = new Option<string>("--ndctl")
        {
            HelpName = "captures|local",
            Description = "The devices of captured hosts only, or those of this machine as well.",
            DefaultValueFactory = _ => "captures",
        };
        ndctl.AcceptOnlyFromAmong("captures", "local");
        var files = new Option<string[]>("--device-file")
        {
            HelpName = "FILE",
            Description = "A file that stands for an NVDIMM of this machine; may be repeated.",
        };
        var libvirt = new Option<string?>("--libvirt")
        {
            HelpName = "URI",
            Description = "The libvirt in which VMs of this machine really run, such as qemu:///session.",
        };
        var virsh = new Option<string>("--virsh")
        {
            HelpName = "PATH",
            Description = "The virsh to ask.",
            DefaultValueFactory = _ => "virsh",
        };
        var type = new Option<string>("--domain-type")
        {
            HelpName = "qemu|kvm",
            Description = "How the VMs run.",
            DefaultValueFactory = _ => "qemu",
        };
        type.AcceptOnlyFromAmong("qemu", "kvm");
        var layouts = new Option<string?>("--layouts")
        {
            HelpName = "FOLDER",
            Description = "The ledger of layouts, such as this host's own; otherwise one beside the database.",
        };
        files.Validators.Add(result =>
        {
            var given = result.Tokens.Select(token => token.Value).ToArray();
            foreach (var missing in given.Where(file => !File.Exists(file)))
            {
                result.AddError($"There is no file '{missing}'.");
            }

            if (given.DistinctBy(Path.GetFileName, StringComparer.Ordinal).Count() < given.Length)
            {
                result.AddError("Two device files have the same name, which is the name of the device.");
            }
        });

        var command = new RootCommand(
            "An oVirt-compatible management API with NVDIMM host devices. "
            + $"The password of admin@internal comes from {PasswordVariable}, or is made at the first start.")
        {
            urls, database, ndctl, files, libvirt, virsh, type, layouts,
        };
        command.SetAction((parsed, cancellationToken) => run(
            new DevEngineOptions
            {
                Urls = parsed.GetValue(urls)!,
                Database = Path.GetFullPath(parsed.GetValue(database)!),
                UsesNdctl = parsed.GetValue(ndctl) == "local",
                DeviceFiles = parsed.GetValue(files) ?? [],
                Libvirt = parsed.GetValue(libvirt),
                Virsh = parsed.GetValue(virsh)!,
                DomainType = parsed.GetValue(type)!,
                Layouts = parsed.GetValue(layouts) is { } folder ? Path.GetFullPath(folder) : null,
                Password = Variable(PasswordVariable),
                ReaderPassword = Variable(ReaderPasswordVariable),
            },
            cancellationToken));
        return command;
    }

    private static string DefaultDatabase =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "nvdimm-devengine",
            "engine.db");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
