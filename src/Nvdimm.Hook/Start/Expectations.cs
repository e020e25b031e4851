using System.Text;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Start;

/// <summary>
/// NVDIMMs that a VM has to have: those that its custom property <c>nvdimm</c> names; where it has none, those that the ledger says are its own.
/// The engine leaves one out in silence where its host's report missed it once, or where it cannot size it.
/// </summary>
internal static class Expectations
{
    /// <summary>The custom property: <c>none</c>, or names and uuids of namespaces separated by commas or blanks.</summary>
    public const string Property = "nvdimm";

    public static StartExpectation Of(HookContext context, HookConfiguration configuration) => new()
    {
        Named = Named(context),
        AcceptedNames = configuration.AcceptedNames,
        Missing = configuration.MissingNvdimm,
    };

    /// <summary>
    /// The verdict on a VM that comes without NVDIMMs. It starts whatever else is wrong on this host. If something cannot be read, a warning says that
    /// it is not known whether the VM should have any.
    /// </summary>
    public static HookResult OfVmWithout(HookContext context)
    {
        var vm = new StartVm(Name: null, context.VmId);
        if (Named(context) is { } named)
        {
            return HookResult.Of(new StartExpectation { Named = named }.Judge(vm, [], [], "", []).Findings);
        }

        if (context.VmId is not { } id)
        {
            return HookResult.Nothing;
        }

        var unread = new List<Finding>();
        if (ReadOrNull(() => MachineId.Of(context.Root), unread) is not { } host)
        {
            return HookResult.Of(unread);
        }

        var configuration = context.HasConfiguration ? context.Configuration : HookConfiguration.Default(context.Root);
        var records = Mentioning(configuration.StateFolder, id, unread);
        var devices = records.Count == 0 ? [] : ReadOrNull(() => new SysfsNvdimmReader(context.Root).Survey(), unread)?.Devices ?? [];
        return HookResult.Of([.. Of(context, configuration).Judge(vm, [], records, host, devices).Findings, .. unread]);
    }

    private static ValueList<string>? Named(HookContext context) => context.Environment(Property) switch
    {
        "none" => [],
        var text => text?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } words
            ? words.ToValueList()
            : null,
    };

    /// <summary>
    /// The records that mention a VM. Each file is searched before it is read as a record: mostly none does. An empty one is read, which says that it
    /// is damaged.
    /// </summary>
    private static ValueList<LayoutRecord> Mentioning(string folder, string id, List<Finding> unread)
    {
        // First: what has no file of its own now may have one in a moment.
        var imported = Imported(folder, unread).ToList();
        return (ReadOrNull(() => SmallFolder.NamesOrNull(folder, end: RecordFiles.End), unread) ?? [])
            .Select(name => Path.Combine(folder, name))
            .Where(path => ReadOrNull(() => SmallFile.BytesOrNull(path, RecordFiles.MaximumBytes), unread) is { } bytes
                && (bytes.Length == 0 || Encoding.UTF8.GetString(bytes).Contains(id, StringComparison.OrdinalIgnoreCase)))
            .Select(path => ReadOrNull(() => RecordOf(path), unread))
            .OfType<LayoutRecord>()
            .UnionBy(imported, record => (record.Identity, record.Host))
            .ToValueList();
    }

    /// <summary>The records of an import that is not completed, which have no file of their own yet.</summary>
    private static IEnumerable<LayoutRecord> Imported(string folder, List<Finding> unread) =>
        ReadOrNull(() => new PendingImport(folder).Records().ToList(), unread) ?? [];

    /// <exception cref="IOException">It is damaged, or of a newer version.</exception>
    private static LayoutRecord? RecordOf(string path)
    {
        var read = RecordFiles.Read(path);
        return read.IsReadable ? read.Record : throw new IOException(read.Findings[0].Message);
    }

    private static T? ReadOrNull<T>(Func<T?> read, List<Finding> unread)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or LayoutLedgerException)
        {
            unread.Add(Finding.Warning(NvdimmCodes.ExpectedNvdimmsUnknown, ("reason", unreadable.Message.TrimEnd('.'))));
            return null;
        }
    }
}
