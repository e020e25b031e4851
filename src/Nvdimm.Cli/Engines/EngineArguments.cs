using System.CommandLine;
using Nvdimm.Cli.Help;

namespace Nvdimm.Cli.Engines;

/// <summary>Options that several <c>nvdimm engine</c> commands share.</summary>
internal static class EngineArguments
{
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
