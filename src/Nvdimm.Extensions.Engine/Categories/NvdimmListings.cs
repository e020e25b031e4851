using System.Globalization;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Engine.Inventories;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>Combines a host's own list of NVDIMMs with the engine's report.</summary>
internal static class NvdimmListings
{
    /// <summary>The names of the details that are read back from a record.</summary>
    public const string RawUuid = "raw_uuid";
    public const string Path = "path";
    public const string Mode = "mode";
    public const string Size = "size";

    /// <summary>Creates the listing of a host that was read.</summary>
    public static NvdimmHostDeviceListing Of(HostReference host, NvdimmInventory told, IReadOnlyCollection<ReportedHostDevice>? reported)
    {
        var inventory = WithoutNameless(told);
        var names = reported?.Select(device => device.Name).ToHashSet(StringComparer.Ordinal);
        var devices = inventory.Devices
            .Select(device => names is null || names.Contains(device.Name) ? device : NotReported(device, host))
            .ToValueList();
        var listed = devices.Select(device => device.Name).ToHashSet(StringComparer.Ordinal);
        var unlisted = (names ?? [])
            .Where(name => !listed.Contains(name))
            .Select(name => OnlyReported(name, host, isSure: inventory.IsComplete));
        return new NvdimmHostDeviceListing
        {
            Capability = NvdimmCategory.CapabilityName,
            Host = host,
            Devices = Sorted(devices.Select(ToHostDevice).Concat(unlisted)),
            Findings = inventory.Findings,
            IsComplete = inventory.IsComplete,
            Reported = reported?.ToValueList(),
            Selinux = inventory.Selinux,
            PageSize = inventory.PageSize,
        };
    }

    /// <summary>
    /// Handles namespaces without a name, which no VM can have: the listing becomes incomplete, and the error becomes a warning, so that it
    /// does not count against the devices with names.
    /// </summary>
    private static NvdimmInventory WithoutNameless(NvdimmInventory inventory) => inventory.Findings.Any(IsOfNameless)
        ? inventory with
        {
            Findings = inventory.Findings
                .Select(finding => IsOfNameless(finding) ? finding with { Severity = Severity.Warning } : finding)
                .ToValueList(),
            IsComplete = false,
        }
        : inventory;

    private static bool IsOfNameless(Finding finding) =>
        finding.Code == NvdimmCodes.NdctlMissingKey && string.Equals(finding["key"], "dev", StringComparison.Ordinal);

    /// <summary>Creates the listing of a host that could not be read: only the names that the engine reports.</summary>
    public static NvdimmHostDeviceListing Unavailable(HostReference host, string reason, IReadOnlyCollection<ReportedHostDevice>? reported)
    {
        var unknown = new NvdimmInventory([])
        {
            Findings = [UnavailableBecause(host.Name, reason)],
            IsComplete = false,
        };
        return Of(host, unknown, reported);
    }

    /// <summary>Creates the finding that a host's devices are not known.</summary>
    public static Finding UnavailableBecause(string host, string reason) =>
        Finding.Error(NvdimmCodes.InventoryUnavailable, ("host", host), ("reason", reason));

    private static ValueList<HostDevice> Sorted(IEnumerable<NvdimmHostDevice> devices) =>
        devices.OrderBy(device => device.Name, DeviceNameComparer.Instance).Select(device => (HostDevice)device).ToValueList();

    private static NvdimmDevice NotReported(NvdimmDevice device, HostReference host) =>
        device.With(Finding.Error(NvdimmCodes.NotReportedByEngine, ("device", device.Name), ("host", host.Name)));

    private static NvdimmHostDevice OnlyReported(string name, HostReference host, bool isSure) => new()
    {
        Capability = NvdimmCategory.CapabilityName,
        Name = name,
        Findings =
        [
            isSure
                ? Finding.Error(NvdimmCodes.NotOnHost, ("device", name), ("host", host.Name))
                : UnavailableBecause(host.Name, $"nothing is known of {name}"),
        ],
    };

    private static NvdimmHostDevice ToHostDevice(NvdimmDevice device) => new()
    {
        Capability = NvdimmCategory.CapabilityName,
        Name = device.Name,
        Identity = device.Uuid?.ToString("D"),
        Size = device.Size,
        Findings = device.Findings,
        Namespace = device,
        Details = Details(device)
            .Where(pair => pair.Value is not null)
            .Select(pair => new HostDeviceDetail(pair.Name, pair.Value!))
            .ToValueList(),
    };

    private static IEnumerable<(string Name, string? Value)> Details(NvdimmDevice device) =>
    [
        ("uuid", device.Uuid?.ToString("D")),
        ("label", device.Label),
        (Path, device.Path),
        (Mode, device.Mode == NamespaceMode.Unknown ? device.ReportedMode : device.Mode.ToString().ToLowerInvariant()),
        (Size, Number(device.Size?.Bytes)),
        ("align", Number(device.Align?.Bytes)),
        ("numa_node", Number(device.NumaNode)),
        ("target_node", Number(device.TargetNode)),
        ("region", device.Region),
        (RawUuid, device.RawUuid == device.Uuid ? null : device.RawUuid?.ToString("D")),
        ("bad_blocks", device.BadBlockCount == 0 ? null : Number(device.BadBlockCount)),
    ];

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
