using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Operations;

/// <summary>
/// Makes templates of VMs, and removes them. The engine copies the host devices of the VM to the template if the template is pinned as the
/// VM is (oVirt Engine 4.5, <c>AddVmTemplateCommand.executeCommand</c>, <c>VmDeviceUtils.copyVmDevices</c>, <c>canCopyHostDevices</c>); the
/// rules refuse a template that would have an NVDIMM.
/// </summary>
internal sealed class TemplateOperations(EngineDatabase database, HostDeviceOperations devices, Journal journal)
{
    private const long Added = 51;
    private const long Removed = 251;

    /// <summary>
    /// Makes a template of a VM that is down. Fields that the body lacks are those of the VM. A template has no NUMA nodes, as in the
    /// engine.
    /// </summary>
    /// <exception cref="ApiFaultException">
    /// A field is missing or has a wrong value, the VM does not exist or is not down, or a rule refuses.
    /// </exception>
    public Task<TemplateRow> AddAsync(ApiInput input, CancellationToken cancellationToken) => devices.AddAsync(
        (session, _) => Plan(session, input),
        (session, plan) =>
        {
            var template = new TemplateRow
            {
                Id = Ids.New(),
                Name = plan.Row.Name,
                Description = plan.Row.Description,
                ClusterId = plan.Row.ClusterId,
                Created = journal.Now,
                Configuration = plan.Configuration.Write(),
            };
            session.Add(template);
            journal.AddFinishedJob(session, $"Creating VM Template {template.Name} in Data Center Default");
            journal.AddEvent(
                session, Added, $"Creation of Template {template.Name} from VM {VmOf(session, input).Name} has been completed.");
            return session.Template(template.Id);
        },
        cancellationToken);

    /// <summary>
    /// Removes a template of which no VM was made (oVirt Engine 4.5, <c>RemoveVmTemplateCommand.validate</c>).
    /// </summary>
    /// <exception cref="ApiFaultException">
    /// The template does not exist, is Blank, is protected, or has VMs.
    /// </exception>
    public void Remove(string id) => database.Write(session =>
    {
        var template = session.Template(id);
        if (template.Id == TemplateRow.BlankId)
        {
            throw ApiFaultException.Conflict("Cannot remove Template. Removing Blank Template is not allowed.");
        }

        if (template.Settings().Kept.Flag("delete_protected") == true)
        {
            throw ApiFaultException.Conflict(
                "Cannot remove Template. Delete protection is enabled. In order to delete, disable Delete protection first.");
        }

        if (session.VmNamesOfTemplate(id) is { Count: > 0 } vms)
        {
            throw ApiFaultException.Conflict(
                $"Cannot delete Template. Template is being used by the following VMs: {string.Join(',', vms)}.");
        }

        journal.AddFinishedJob(session, $"Removing VM Template {template.Name} from Data Center Default");
        journal.AddEvent(session, Removed, $"Removal of Template {template.Name} has been completed.");
        return session.RemoveTemplate(id);
    });

    private static VmPlan Plan(EngineSession session, ApiInput input)
    {
        VmInput.RequireNoConfiguration(input, "this development engine imports no templates");
        var name = VmInput.Name(input) ?? throw ApiFaultException.Incomplete("Template", "name", "addFromVm");
        var vm = VmOf(session, input);
        if (vm.Status != VmStatus.Down)
        {
            throw ApiFaultException.Conflict(
                "Cannot add Template. VM is locked or still running, try again once VM is in the Down state.");
        }

        if (session.TemplateNamed(name) is not null)
        {
            throw ApiFaultException.Conflict(
                "Cannot add Template. The Template name is already in use, please choose a unique name and try again.");
        }

        var settings = vm.Settings.With(TemplateFields.Table.Kept(vm.Settings.Kept.Without("numa_tune_mode"), input).Parts);
        var cluster = VmInput.Cluster(session, input) ?? vm.Cluster;
        var row = new VmRow
        {
            Name = name,
            Description = input.Find("description") is null ? vm.Row.Description : VmInput.Description(input),
            ClusterId = cluster.Id,
        };
        var configuration = VmConfiguration.Of(vm) with
        {
            Affinity = VmInput.Affinity(input) ?? vm.Row.Affinity,
            Memory = input.Number("memory") ?? vm.Row.Memory,
            MaxMemory = input.Number("memory_policy", "max") ?? vm.Row.MaxMemory,
            Settings = settings.Write(),
            Pins = [.. (VmInput.Pins(session, input) ?? vm.Pins).Select(host => host.Id)],
            Nodes = [],
        };
        VmInput.RequireMemory(configuration.Over(row));
        VmInput.RequireSettings(configuration.Over(row), cluster, settings, "add", "Template");
        VmInput.RequireSameCluster(session.Hosts(configuration.Pins), cluster);
        var plan = new VmPlan(row, configuration);
        return vm.HostDevices.Count == 0 ? plan : VmCreation.WithDevices(session, vm, plan, HostDeviceOperation.Template);
    }

    private static VmParts VmOf(EngineSession session, ApiInput input) =>
        input.Text("vm", "id") is { } id ? session.Vm(id)
        : input.Text("vm", "name") is { } name
            ? session.WithParts(session.VmRowsNamed(name)) is [var vm] ? vm : throw ApiFaultException.NotFound("VM", name)
        : throw ApiFaultException.Incomplete("Template", "vm.id|name", "addFromVm");
}
