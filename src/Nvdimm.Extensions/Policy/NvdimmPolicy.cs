namespace Nvdimm.Extensions.Policy;

/// <summary>Evaluates the rules for an operation on NVDIMMs. Safe for use by several threads.</summary>
public static class NvdimmPolicy
{
    /// <summary>All rules: first those of the engine in the engine's order, then our own.</summary>
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
        new AttachedUnderFormerNameRule(),
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
        new HostUnknownRule(),
    ];

    /// <summary>Evaluates every rule of the operation and returns all findings.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <example>
    /// <code>
    /// var vm = new VmDescription { Name = "db1", PinnedHosts = ["host1"], NumaNodes = [new GuestNumaNode(Index: 0, HostNodes: [0])] };
    /// var device = new NvdimmDevice
    /// {
    ///     Name = "namespace0.0", Path = "/dev/pmem0", Mode = NamespaceMode.Fsdax, Size = ByteSize.FromGiB(1),
    /// };
    /// var host = new HostDescription { Name = "host1", Devices = [device] };
    /// var attach = new PolicyRequest { Operation = HostDeviceOperation.Attach, Vm = vm, Host = host, Devices = ["namespace0.0"] };
    /// var result = NvdimmPolicy.Check(attach);
    /// Console.WriteLine(result.IsAllowed ? "allowed" : string.Join(Environment.NewLine, result.Findings));
    /// </code>
    /// </example>
    public static PolicyResult Check(PolicyRequest request) => Check(request, _ => true);

    /// <summary>Evaluates the rules of the operation that a filter selects, and returns their findings.</summary>
    /// <param name="request">The operation and the facts about VM and host.</param>
    /// <param name="isAsked">Returns whether to evaluate a rule.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static PolicyResult Check(PolicyRequest request, Func<NvdimmRule, bool> isAsked)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(isAsked);
        var context = new PolicyContext(request);
        var findings = new List<Finding>();
        foreach (var rule in Rules)
        {
            if (rule.Operations.Contains(request.Operation) && isAsked(rule))
            {
                findings.AddRange(rule.Check(context));
            }
        }

        return new PolicyResult(findings.ToValueList());
    }

    /// <summary>
    /// Returns the VM's own attachments that an operation concerns, both configured and expected ones: for a removal those that the names
    /// select, otherwise all. A caller that removes them must use this method, so that it removes the devices that the policy checked.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public static ValueList<AttachedNvdimm> OwnOf(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new PolicyContext(request).Wanted.Select(wanted => wanted.Attached).OfType<AttachedNvdimm>().ToValueList();
    }
}

/// <summary>The result of the policy for an operation.</summary>
/// <param name="Findings">All findings, errors and warnings: first those of the engine in the order of its checks, then our own.</param>
public sealed record PolicyResult(ValueList<Finding> Findings)
{
    /// <summary>Whether the operation is allowed: no finding is an error.</summary>
    public bool IsAllowed => !Findings.Any(finding => finding.Severity == Severity.Error);
}
