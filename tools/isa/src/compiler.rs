//! Asks AMD's Vulkan driver to compile a kernel on its null device, and prints the compiler's figures.

use crate::{Kernel, Result};
use ash::vk;
use std::ffi::CStr;

/// Compiles the kernel and prints one line per figure.
///
/// # Safety
/// The kernel's bindings must be those of its SPIR-V.
pub unsafe fn print_statistics(kernel: &Kernel) -> Result<()> {
    unsafe {
        let entry = ash::Entry::load()?;
        let application = vk::ApplicationInfo::default().api_version(vk::API_VERSION_1_3);
        let instance = entry.create_instance(
            &vk::InstanceCreateInfo::default().application_info(&application),
            None,
        )?;
        let physical = *instance
            .enumerate_physical_devices()?
            .first()
            .ok_or("no Vulkan device: is mesa-vulkan-drivers installed?")?;
        let name = instance
            .get_physical_device_properties(physical)
            .device_name;
        println!(
            "{}, {}",
            CStr::from_ptr(name.as_ptr()).to_string_lossy(),
            kernel.entry_point.to_string_lossy()
        );
        let queues = [vk::DeviceQueueCreateInfo::default().queue_priorities(&[1.0])];
        let extensions = [ash::khr::pipeline_executable_properties::NAME.as_ptr()];
        let mut executables = vk::PhysicalDevicePipelineExecutablePropertiesFeaturesKHR::default()
            .pipeline_executable_info(true);
        let mut halves =
            vk::PhysicalDeviceVulkan11Features::default().storage_buffer16_bit_access(true);
        let mut features = vk::PhysicalDeviceVulkan12Features::default()
            .vulkan_memory_model(true)
            .shader_float16(true);
        let device = vk::DeviceCreateInfo::default()
            .queue_create_infos(&queues)
            .enabled_extension_names(&extensions);
        let device = device
            .push_next(&mut executables)
            .push_next(&mut halves)
            .push_next(&mut features);
        let device = instance.create_device(physical, &device, None)?;
        let pipeline = compile(&device, kernel)?;

        let query = ash::khr::pipeline_executable_properties::Device::new(&instance, &device);
        let info = vk::PipelineInfoKHR::default().pipeline(pipeline);
        for (index, executable) in (0..).zip(query.get_pipeline_executable_properties(&info)?) {
            println!("  {:28} {}", "Subgroup size", executable.subgroup_size);
            let info = vk::PipelineExecutableInfoKHR::default()
                .pipeline(pipeline)
                .executable_index(index);
            for figure in query.get_pipeline_executable_statistics(&info)? {
                println!(
                    "  {:28} {}",
                    CStr::from_ptr(figure.name.as_ptr()).to_string_lossy(),
                    figure.value.u64
                );
            }
        }
    }
    Ok(())
}

unsafe fn compile(device: &ash::Device, kernel: &Kernel) -> Result<vk::Pipeline> {
    let slot = |&(binding, kind): &(u32, vk::DescriptorType)| {
        vk::DescriptorSetLayoutBinding::default()
            .binding(binding)
            .descriptor_type(kind)
            .descriptor_count(1)
            .stage_flags(vk::ShaderStageFlags::COMPUTE)
    };
    let slots: Vec<_> = kernel.bindings.iter().map(slot).collect();
    unsafe {
        let sets = [device.create_descriptor_set_layout(
            &vk::DescriptorSetLayoutCreateInfo::default().bindings(&slots),
            None,
        )?];
        let layout = device.create_pipeline_layout(
            &vk::PipelineLayoutCreateInfo::default().set_layouts(&sets),
            None,
        )?;
        let module = device.create_shader_module(
            &vk::ShaderModuleCreateInfo::default().code(&kernel.words),
            None,
        )?;
        let stage = vk::PipelineShaderStageCreateInfo::default()
            .stage(vk::ShaderStageFlags::COMPUTE)
            .module(module)
            .name(&kernel.entry_point);
        let pipeline = vk::ComputePipelineCreateInfo::default()
            .stage(stage)
            .layout(layout)
            .flags(vk::PipelineCreateFlags::CAPTURE_STATISTICS_KHR);
        let made = device
            .create_compute_pipelines(vk::PipelineCache::null(), &[pipeline], None)
            .map_err(|(_, e)| e)?;
        Ok(made[0])
    }
}
