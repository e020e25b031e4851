using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Operations;

/// <summary>Creates VMs: of a template, of a snapshot, and as copies.</summary>
internal sealed class VmCreation(HostDeviceOperations devices, Journal journal)
{
    private const long Added = 34;

    /// <summary>
    /// What a VM does not get of its template (oVirt Engine 4.5, <c>VmMapper.map(VmTemplate, VmStatic, Version)</c>).
    /// </summary>
    private static readonly string[][] NotOfTemplate =
    [
        ["comment"], ["storage_error_resume_behaviour"], ["custom_compatibility_version"], ["migration", "encrypted"],
        ["migration", "policy"],
    ];

    /// <summary>
    /// Creates a VM of a template or snapshot; without either, of the template Blank. Fields that the body lacks are those of the template
    /// or snapshot. So are the host devices if the VM is pinned as its source is (oVirt Engine 4.5, <c>AddVmCommand.copyVmDevices</c>,
    /// <c>AddVmAndCloneImageCommand.copyVmDevices</c>, <c>VmDeviceUtils.canCopyHostDevices</c>); the rules refuse to share one.
    /// </summary>
    /// <param name="input">The body.</param>
    /// <param name="isIndependent">Whether the VM counts as made of Blank: the parameter <c>clone</c>.</param>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Cancels the listing of the host's devices.</param>
    /// <exception cref="ApiFaultException">A field is missing or has a wrong value, or a rule refuses.</exception>
    public Task<VmParts> AddAsync(ApiInput input, bool isIndependent, string user, CancellationToken cancellationToken) => devices.AddAsync(
        (session, _) => Plan(session, input, isIndependent),
        (session, plan) => Created(session, Save(session, plan), user),
        cancellationToken);

    /// <summary>Creates a VM with the configuration and the host devices of another.</summary>
    /// <exception cref="ApiFaultException">The name is not valid, or is taken.</exception>
    public VmParts Copy(EngineSession session, string name, VmParts of, string user)
    {
        VmInput.RequireName(name);
        VmInput.RequireFree(session, name, "add");
        journal.AddFinishedJob(session, $"Cloning VM {of.Name} to {name}");
        var row = new VmRow { Name = name, Description = of.Row.Description, ClusterId = of.Row.ClusterId };
        return Created(session, Save(session, new VmPlan(row, VmConfiguration.Of(of))), user);
    }

    /// <summary>Adds a planned VM.</summary>
    public VmParts Save(EngineSession session, VmPlan plan)
    {
        var row = plan.Row with { Id = plan.Row.Id.Length > 0 ? plan.Row.Id : Ids.New(), Created = journal.Now };
        session.Add(plan.Configuration.Over(row));
        session.Configure(row, plan.Configuration);
        foreach (var device in plan.Configuration.Devices)
        {
            session.Add(device with { VmId = row.Id });
        }

        return session.Vm(row.Id);
    }

    private VmParts Created(EngineSession session, VmParts vm, string user)
    {
        journal.AddEvent(session, Added, $"VM {vm.Name} was created by {user}.", vm.Id);
        return vm;
    }

    private static VmPlan Plan(EngineSession session, ApiInput input, bool isIndependent)
    {
        var cluster = VmInput.RequireCluster(session, input);
        var name = VmInput.Name(input) ?? throw ApiFaultException.Incomplete("Vm", "name", "add");
        VmInput.RequireNoDisks(input);
        VmInput.RequireFree(session, name, "add");
        var (source, basis, template) = Basis(session, input);
        var (memory, maximum) = VmInput.Memory(input, basis);
        var pins = VmInput.Pins(session, input);
        var settings = VmSettings.Read(basis.Settings);
        settings = settings.With(VmFields.Table.Kept(Inherited(settings.Kept, input), input).Parts);
        var configuration = basis with
        {
            Affinity = VmInput.Affinity(input) ?? basis.Affinity,
            Memory = memory,
            MaxMemory = maximum,
            Settings = settings.Write(),
            Pins = pins is null ? basis.Pins : [.. pins.Select(host => host.Id)],
        };
        var row = new VmRow
        {
            Name = name,
            Description = VmInput.Description(input, template is null ? source!.Row.Description : ""),
            ClusterId = cluster.Id,
            TemplateId = isIndependent ? TemplateRow.BlankId : template ?? TemplateRow.BlankId,
        };
        VmInput.RequireMemory(configuration.Over(row));
        VmInput.RequireSettings(configuration.Over(row), cluster, settings, "add");
        VmInput.RequireSameCluster(session.Hosts(configuration.Pins), cluster);
        return basis.Devices.Count == 0
            ? new VmPlan(row, configuration)
            : WithDevices(session, source!, new VmPlan(row, configuration), HostDeviceOperation.Clone);
    }

    /// <summary>Decides whether a copy gets the host devices of its source, and what the rules are asked about that.</summary>
    public static VmPlan WithDevices(EngineSession session, VmParts source, VmPlan copy, HostDeviceOperation operation)
    {
        var isElsewhere = !source.Pins.Select(pin => pin.Id).ToHashSet(StringComparer.Ordinal).SetEquals(copy.Configuration.Pins);
        return copy with
        {
            Configuration = isElsewhere ? copy.Configuration with { Devices = [] } : copy.Configuration,
            Request = HostDeviceOperations.Request(session, source, operation) with { CopyIsPinnedElsewhere = isElsewhere },
            Host = source.Pins is [var host] ? host : null,
        };
    }

    /// <summary>
    /// What a new VM begins with. The source is the snapshot's VM with the snapshot's devices and its own pinning, or the template in the
    /// form of a VM; null for Blank.
    /// </summary>
    private static (VmParts? Source, VmConfiguration Basis, string? Template) Basis(EngineSession session, ApiInput input)
    {
        if (input.Find("snapshots", "snapshot") is { } wanted)
        {
            var snapshot = session.Snapshot(wanted.Text("id") ?? throw ApiFaultException.Incomplete("Snapshot", "id", "add"));
            var vm = session.Vm(snapshot.VmId);
            var then = VmConfiguration.Read(snapshot.Configuration ?? throw ApiFaultException.Conflict(
                "Cannot add VM. An earlier version of this program took the snapshot, without the configuration."));
            return (vm with { HostDevices = then.Devices }, then, null);
        }

        var template = TemplateOf(session, input);
        var basis = template.ToConfiguration();
        var settings = VmSettings.Read(basis.Settings);
        var inherited = NotOfTemplate.Aggregate(settings.Kept, (kept, path) => kept.Without(path));
        basis = basis with { Settings = settings.With(inherited.Parts).Write() };
        var source = template.ClusterId is { } cluster
            ? session.Parts(new VmRow { Id = template.Id, Name = template.Name, ClusterId = cluster }, basis)
            : null;
        return (source, basis, template.Id);
    }

    /// <summary>The template of the body, by id or name; Blank if it names none.</summary>
    private static TemplateRow TemplateOf(EngineSession session, ApiInput input) =>
        input.Text("template", "id") is { } id ? session.Template(id)
        : input.Text("template", "name") is { } name
            ? session.TemplateNamed(name) ?? throw ApiFaultException.NotFound("template", name)
        : session.Template(TemplateRow.BlankId);

    /// <summary>
    /// The inherited settings. Memory of the body ends the inherited guarantee (oVirt Engine 4.5,
    /// <c>BackendVmsResource.updateMinAllocatedMemoryIfUnspecified</c>).
    /// </summary>
    private static ApiInput Inherited(ApiInput settings, ApiInput input) =>
        input.Number("memory") is null ? settings : settings.Without("memory_policy", "guaranteed");
}
