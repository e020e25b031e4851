using System.CommandLine;
using Nvdimm.Cli.Help;

namespace Nvdimm.Cli.Engines;

/// <summary>Options that several <c>nvdimm engine</c> commands share.</summary>
internal static class EngineArguments
{
    /// <summary><c>--url URL</c>.</summary>
    public static Option<string> Url() => new("--url")
    {
        HelpName = "URL",
        Required = true,
        Description = "The URL of the engine, such as https://engine.example.org/ovirt-engine.",
    };

    /// <summary><c>--ca-file FILE</c>.</summary>
    public static Option<string> CaFile() => new("--ca-file")
    {
        HelpName = "FILE",
        Description = "The engine's certificate authority, a PEM file. Default: the authorities that this system trusts.",
    };

    /// <summary><c>--ssh-user NAME</c>.</summary>
    public static Option<string> SshUser() => new("--ssh-user")
    {
        HelpName = "NAME",
        Description = "The user for SSH. Default: root.",
        DefaultValueFactory = _ => "root",
    };

    /// <summary><c>--record FILE</c>.</summary>
    public static Option<string> Record() => new("--record")
    {
        HelpName = "FILE",
        Description = "The file in which the command records attachments, so that an audit detects vanished and changed ones.",
    };

    /// <summary><c>--vm NAME</c>.</summary>
    public static Option<string> Vm() => new("--vm") { HelpName = "NAME", Required = true, Description = "The VM: its name or id." };

    /// <summary><c>--device NAME…</c>, at least one.</summary>
    public static Option<string[]> Devices(string description)
    {
        var devices = Options.Devices(description);
        devices.HelpName = "NAME";
        devices.Description = $"{description} names as 'nvdimm engine devices' lists them. Several may follow.";
        devices.Required = true;
        return devices;
    }
}
