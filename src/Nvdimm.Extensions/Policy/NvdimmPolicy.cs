
namespace Nvdimm.Extensions.Policy;

/// <summary>All rules, in the engine's order of checks, our own after it.</summary>
public static class NvdimmPolicy
{
    /// <summary>The rules.</summary>
    public static ValueList<NvdimmRule> Rules { get; } =
    [
        new DeviceMustBeSpecifiedRule(),
        new VmNotFoundRule(),
        new VmStatusIllegalRule(),
        new VmNotPinnedToHostRule(),
        new VmPinnedToMultipleHostsRule(),
        new HostDeviceNotFoundRule(),
        new NumaUnavailableRule(),
        new HostDeviceNotAvailableRule(),
        new HostDeviceAlreadyInUseRule(),
        new VmIsPinnedToHostRule(),
        new VmIsNonMigratableRule(),
        new VmHasAttachedNvdimmDevicesRule(),
        new DetectedPinnedVmsRule(),
        new DetectedAssignedHostDevicesRule(),
        new SilentlyDetachedRule(),
        new IdentityChangedRule(),
        new DeviceAlteredRule(),
        new AmbiguousDeviceRule(),
        new UnusableRule(),
        new ReadOnlyRule(),
        new InUseByHostRule(),
        new HostUseUnknownRule(),
        new BadBlocksRule(),
        new UsedByOtherVmRule(),
        new AlreadyAttachedRule(),
        new NotAttachedRule(),
        new NoMemorySlotRule(),
        new SizeRefusedRule(),
        new HotPlugMisalignedRule(),
        new MemoryHotPlugMisalignedRule(),
        new MemoryHotPlugUnknownRule(),
        new NoStableIdentityRule(),
        new NoStableGuestUuidRule(),
        new PersistenceNotGuaranteedRule(),
        new ModeWithoutDaxRule(),
        new DevdaxSelinuxRule(),
        new NumaMismatchRule(),
        new ContentNotInSnapshotRule(),
        new ContentNotRevertedRule(),
        new PinningChangeDetachesRule(),
        new CloneSharesDeviceRule(),
        new DetachBlockedByEngineRule(),
        new HotPlugUnsupportedRule(),
        new HotUnplugUnsupportedRule(),
        new ListingIncompleteRule(),
    ];

    /// <summary>Asks every rule of the operation and returns all that they say.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <example>
    /// <code>
    /// var vm = new VmDescription { Name = "db1", PinnedHosts = ["host1"], NumaNodes = [new GuestNumaNode(Index: 0, HostNodes: [0])] };
    /// var verdict = NvdimmPolicy.Evaluate(new PolicyRequest { Operation = NvdimmOperation.Attach, Vm = vm, Devices = ["namespace0.0"] });
    /// Console.WriteLine(verdict.IsAllowed ? "allowed" : string.Join(Environment.NewLine, verdict.Violations));
    /// </code>
    /// </example>
    public static PolicyVerdict Evaluate(PolicyRequest request) => Evaluate(request, _ => true);

    /// <summary>Asks some rules of the operation, where others are judged elsewhere, and returns all that they say.</summary>
    /// <param name="request">The operation, and what is known.</param>
    /// <param name="isAsked">Whether a rule of the operation is asked.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static PolicyVerdict Evaluate(PolicyRequest request, Func<NvdimmRule, bool> isAsked)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(isAsked);
        var context = new PolicyContext(request);
        var violations = new List<Finding>();
        foreach (var rule in Rules)
        {
            if (rule.Operations.Contains(request.Operation) && isAsked(rule))
            {
                violations.AddRange(rule.Check(context));
            }
        }

        return new PolicyVerdict(violations.ToValueList());
    }

    /// <summary>
    /// The VM's own attachments that an operation is about, configured ones and those that it should have: for a removal those that the names stand
    /// for, otherwise all. Whoever removes them asks here, so that the names mean what they meant when they were judged.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public static ValueList<AttachedNvdimm> OwnOf(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new PolicyContext(request).Wanted.Select(wanted => wanted.Attached).OfType<AttachedNvdimm>().ToValueList();
    }
}
