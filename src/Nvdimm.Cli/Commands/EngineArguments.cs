using System.CommandLine;

namespace Nvdimm.Cli.Commands;

/// <summary>Options that several commands of an engine have.</summary>
internal static class EngineArguments
{
    /// <summary><c>--vm NAME</c>.</summary>
    public static Option<string> Vm() => new("--vm") { HelpName = "NAME", Required = true, Description = "The VM, by name or id." };

    /// <summary><c>--device NAME…</c>, at least one.</summary>
    public static Option<string[]> Devices(string description)
    {
        var devices = Options.Devices(description);
        devices.Required = true;
        return devices;
    }
}
