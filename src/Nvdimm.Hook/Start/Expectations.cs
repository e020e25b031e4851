using System.Text;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Start;

/// <summary>
/// The NVDIMMs that a VM must have: those named by its custom property <c>nvdimm</c>; without that property, those that the ledger assigns
/// to it. The engine silently leaves an NVDIMM out if the host's report once lacked it, or if the engine cannot size it.
/// </summary>
internal static class Expectations
{
    /// <summary>
    /// The custom property's name. Its value is <c>none</c>, or names and uuids of namespaces separated by commas or blanks.
    /// </summary>
    public const string Property = "nvdimm";

    public static StartExpectation Of(HookContext context, HookConfiguration configuration) => new()
    {
        Named = Named(context),
        AcceptedNames = configuration.AcceptedNames,
        Missing = configuration.MissingNvdimm,
    };

    /// <summary>
    /// The result for a VM that arrives without NVDIMMs. Nothing else that is wrong on this host stops it. If something cannot be read, a
    /// warning says that it is unknown whether the VM should have NVDIMMs.
    /// </summary>
    public static HookResult OfVmWithout(HookContext context)
    {
        var vm = new StartVm(Name: null, context.VmId);
        if (Named(context) is { } named)
        {
            return HookResult.Of(new StartExpectation { Named = named }.Check(vm, [], [], "", []).Findings);
        }

        if (context.VmId is not { } id)
        {
            return HookResult.Nothing;
        }

        var (machine, ofMachine) = ReadOrNull(() => MachineId.Of(context.Root));
        if (machine is not { } host)
        {
            return HookResult.Of(ofMachine);
        }

        var configuration = context.HasConfiguration ? context.Configuration : HookConfiguration.Default(context.Root);
        var (records, ofRecords) = Mentioning(configuration.StateFolder, id);
        var (survey, ofSurvey) = records.Count == 0 ? (null, []) : ReadOrNull(() => new SysfsNvdimmReader(context.Root).Survey());
        var expected = Of(context, configuration).Check(vm, [], records, host, survey?.Devices ?? []);
        return HookResult.Of([.. expected.Findings, .. ofMachine, .. ofRecords, .. ofSurvey]);
    }

    private static ValueList<string>? Named(HookContext context) => context.Environment(Property) switch
    {
        "none" => [],
        var text => text?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } words
            ? words.ToValueList()
            : null,
    };

    /// <summary>
    /// The records that mention a VM. Each file is searched as text before it is parsed, because most do not mention the VM. An empty file
    /// is parsed, which reports it as damaged.
    /// </summary>
    private static (ValueList<LayoutRecord> Records, ValueList<Finding> Unread) Mentioning(string folder, string id)
    {
        // Read the import first: a record without its own file may get one at any moment.
        var (imported, ofImport) = ReadOrNull(() => new PendingImport(folder).Records().ToList());
        var (names, ofFolder) = ReadOrNull(() => SmallFolder.NamesOrNull(folder, end: RecordFiles.End));
        var records = new List<LayoutRecord>();
        List<Finding> unread = [.. ofImport, .. ofFolder];
        foreach (var name in names ?? [])
        {
            var path = Path.Combine(folder, name);
            var (bytes, ofBytes) = ReadOrNull(() => SmallFile.BytesOrNull(path, RecordFiles.MaximumBytes));
            unread.AddRange(ofBytes);
            if (bytes is not null
                && (bytes.Length == 0 || Encoding.UTF8.GetString(bytes).Contains(id, StringComparison.OrdinalIgnoreCase)))
            {
                var (record, ofRecord) = ReadOrNull(() => RecordOf(path));
                unread.AddRange(ofRecord);
                records.AddRange(record is null ? [] : [record]);
            }
        }

        return (records.UnionBy(imported ?? [], record => (record.Identity, record.Host)).ToValueList(), unread.ToValueList());
    }

    /// <exception cref="IOException">The record is damaged, or of a newer version.</exception>
    private static LayoutRecord? RecordOf(string path)
    {
        var read = RecordFiles.Read(path);
        return read.IsReadable ? read.Record : throw new IOException(read.Findings[0].Message);
    }

    /// <summary>Reads a value; null, with a warning, if it cannot be read.</summary>
    private static (T? Value, ValueList<Finding> Unread) ReadOrNull<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return (read(), []);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or LayoutLedgerException)
        {
            return (null, [Finding.Warning(NvdimmCodes.ExpectedNvdimmsUnknown, ("reason", unreadable.Message.TrimEnd('.')))]);
        }
    }
}
