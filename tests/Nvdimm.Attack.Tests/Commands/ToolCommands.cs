using System.Text.RegularExpressions;
using Nvdimm.Attack.Tests.Faults;
using Nvdimm.Extensions.Host.Tests.Start;

namespace Nvdimm.Attack.Tests.Commands;

/// <summary>The commands of root's tool that change something, each on a host of its own.</summary>
internal static class ToolCommands
{
    private const string Largest = "largest";

    /// <summary>What the tool says if standard output fails: the status is that of a failure, and what was done is done.</summary>
    private const string NotWritten = "Standard output could not be written";

    /// <summary>What the tool says if it cannot look at what it has just installed: the status is that of a failure, and what was done is done.</summary>
    private static readonly string[] NotLookedAt = ["Cannot look at ", "nvdimm: read "];

    /// <summary>What a repair says if it fails after it began to write: the next step.</summary>
    private static readonly string[] BegunToWrite = ["What was at ", "The backup is unchanged: run the same command again."];

    /// <summary>Where the strategy <c>largest</c> looks for the labels of a device of 1026 MiB.</summary>
    private const long To = (1026 * RowNames.MiB) - (128 * RowNames.KiB);

    /// <summary>Each command by name: made on a host that is given.</summary>
    public static Dictionary<string, Func<ToolHost, AttackedCommand>> All { get; } = new(StringComparer.Ordinal)
    {
        ["layout adopt"] = host => Of(host, "layout", "adopt") with { IsCleanedLater = true },
        ["layout record"] = host => Of(Adopted(host), [.. Record(host)]),
        ["layout record again"] = host => Of(Recorded(host), [.. Record(host), "--domain-xml", host.Domain]),
        ["layout accept"] = host =>
        {
            Adopted(host).WriteLabels(RowNames.EngineOffset);
            return Of(host, [.. Accept(host), "--strategy", Largest, "--finding", NvdimmCodes.LayoutMoved]);
        },
        ["layout give"] = host => Of(Recorded(host), "layout", "give", ToolHost.Device, "--to", RowNames.OtherVmId, "--ndctl", host.Listing, "--yes"),
        ["layout share"] = host => Of(Recorded(host), "layout", "share", ToolHost.Device, "--ndctl", host.Listing, "--vm", "a", "b"),
        ["layout forget"] = host => Of(Recorded(host), "layout", "forget", ToolHost.Device, "--yes") with { AlreadyDone = [3] },
        ["layout import"] = host =>
        {
            var export = host.Write("export.json", Three(Recorded(host)));
            return Of(Adopted(Emptied(host)), "layout", "import", export);
        },
        ["repair --relocate-labels"] = host =>
        {
            Relocatable(host);
            return OfDevice(host, [.. Relocate(host)]) with { AlreadyDone = [3] };
        },
        ["repair --restore-labels"] = host =>
        {
            Relocatable(host);
            host.RunInTest([.. Relocate(host), "--state-folder", host.State]);
            var backup = Directory.GetFiles(Path.Combine(host.State, "backups"), "*.overwritten-at-*").Single();
            return OfDevice(host, "repair", "--restore-labels", backup, "--ndctl", host.Listing, "--apply") with { AlreadyDone = [7] };
        },
        ["verify --record"] = host =>
        {
            var attacked = Of(Adopted(host));
            return attacked with { Command = host.ToolInTest("verify", "--record", "--state-folder", host.State) };
        },
        ["host install"] = host =>
        {
            var root = Directory.CreateDirectory(host.PathOf("root")).FullName;
            return new AttackedCommand(host.Tool("host", "install", "--root", root, "--hook", Programs.Hook), new AttackedFiles([root], []), root)
            {
                Warnings = [NotWritten, .. NotLookedAt],
                IsInSteps = true,
            };
        },
    };

    private static AttackedCommand Of(ToolHost host, params string[] arguments)
    {
        host.Own();
        return new AttackedCommand(host.Tool([.. arguments, "--state-folder", host.State]), new AttackedFiles([host.Above], []), host.State)
        {
            Warnings = [NotWritten],
        };
    }

    /// <summary>A command that writes to the device: its claim ends with its process, whether or not the file could be removed.</summary>
    private static AttackedCommand OfDevice(ToolHost host, params string[] arguments)
    {
        host.Own();
        var files = new AttackedFiles([host.Above], [host.Place(RowNames.EngineOffset), host.Place(To)]);
        return new AttackedCommand(host.ToolInTest([.. arguments, "--state-folder", host.State]), files, host.State)
        {
            Warnings = [NotWritten, NvdimmCodes.ClaimNotReleased, .. BegunToWrite],
            IsOfEachRun = path => path.Contains("/backups/", StringComparison.Ordinal) || path.Contains("/claims/", StringComparison.Ordinal),
        };
    }

    private static string[] Record(ToolHost host) => ["layout", "record", "--device", ToolHost.Device, "--ndctl", host.Listing];

    private static string[] Accept(ToolHost host) => ["layout", "accept", "--device", ToolHost.Device, "--ndctl", host.Listing];

    private static string[] Relocate(ToolHost host) =>
        ["repair", "--relocate-labels", ToolHost.Device, "--ndctl", host.Listing, "--strategy", Largest, "--apply"];

    private static ToolHost Adopted(ToolHost host)
    {
        host.Run("layout", "adopt", "--state-folder", host.State);
        return host;
    }

    private static ToolHost Recorded(ToolHost host)
    {
        Adopted(host).Run([.. Record(host), "--state-folder", host.State]);
        return host;
    }

    private static void Relocatable(ToolHost host)
    {
        host.WriteLabels(RowNames.EngineOffset);
        Recorded(host);
    }

    /// <summary>A state folder without anything.</summary>
    private static ToolHost Emptied(ToolHost host)
    {
        Directory.Delete(host.State, recursive: true);
        Directory.CreateDirectory(host.State);
        host.Own();
        return host;
    }

    /// <summary>An export with the record of the device, and two of others.</summary>
    private static string Three(ToolHost host)
    {
        var export = host.Run("layout", "export", "-", "--state-folder", host.State);
        const string Records = @"(?<=""records"":\s*\[)\s*\{.*\}\s*(?=\])";
        var record = Regex.Match(export, Records, RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        Assert.That(record.Success, Is.True, export);
        return export.Replace(record.Value, string.Join(',', Enumerable.Range(0, 3).Select(number =>
            record.Value.Replace("10000000-", $"1000000{number}-", StringComparison.Ordinal))), StringComparison.Ordinal);
    }
}
